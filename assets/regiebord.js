/* The components of our own: SVG that Dash has no elements for, and parts of pages that need no React. The
   markup comes from dashboard/markup.py, svg.py and views.py, which escape what they are given. */
window.regiebord = {
  Plain: function (props) {
    return window.React.createElement("div", { dangerouslySetInnerHTML: { __html: props.markup } });
  },
  Svg: function (props) {
    return window.React.createElement("span", {
      className: "svg " + (props.className || ""),
      dangerouslySetInnerHTML: { __html: props.markup },
    });
  },
};
