import java.io.FileInputStream;
import java.util.TreeSet;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Checks each file against each standard; a line of tabs each: file, standard, checks, broken rules. */
public class Valideer {
    public static void main(String[] files) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        for (String file : files) {
            for (String standard : new String[] {"ua1", "2a"}) {
                ValidationResult result = validate(file, PDFAFlavour.byFlavourId(standard));
                System.out.println(String.join("\t", file, standard,
                    String.valueOf(result.getTotalAssertions()), broken(result)));
            }
        }
    }

    static ValidationResult validate(String file, PDFAFlavour flavour) throws Exception {
        try (var parser = Foundries.defaultInstance().createParser(new FileInputStream(file), flavour);
             PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
            return validator.validate(parser);
        }
    }

    static String broken(ValidationResult result) {
        var rules = new TreeSet<String>();
        for (TestAssertion one : result.getTestAssertions()) {
            if (one.getStatus() == TestAssertion.Status.FAILED) {
                rules.add(one.getRuleId().getClause() + "-" + one.getRuleId().getTestNumber());
            }
        }
        return result.isCompliant() ? "" : String.join(" ", rules);
    }
}
