/* The one component of our own: SVG that Dash has no elements for. The markup comes from
   dashboard/svg.py and dashboard/views.py, which escape what they are given. */
window.regiebord = {
  Svg: function (props) {
    return window.React.createElement("span", {
      className: "svg " + (props.className || ""),
      dangerouslySetInnerHTML: { __html: props.markup },
    });
  },
};
