package xiaxiang.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import xiaxiang.app.flow.FitDemand;
import xiaxiang.core.door.Problems;
import xiaxiang.core.field.FieldTables;
import xiaxiang.core.trade.TradeTables;

/// Makes synthetic answers and sell-out from a hidden truth.
@Command(name = "synthesize", mixinStandardHelpOptions = true,
        description = "Makes synthetic answers of shoppers and sell-out of shops from hidden coefficients, marked synthetic in every row: to try a survey's size before paying for it.",
        footer = {"", "Example: xiaxiang demand synthesize demo/yichuan --seed 11 --answers 1200 --out out/answers"})
@SuppressWarnings("NullAway.Init") // picocli sets the options after construction
final class DemandSynthesizeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Common common;

    @Parameters(paramLabel = "WORKSPACE", description = "The workspace whose shoppers and shops are imagined.")
    private Path workspace;

    @Option(names = "--seed", required = true, paramLabel = "N", description = "The seed: of the hidden coefficients and of all that is drawn.")
    private long seed;

    @Option(names = "--answers", defaultValue = "1200", paramLabel = "N", description = "How many answers, rounded up to townships of 20. Default: ${DEFAULT-VALUE}.")
    private int answers;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where answers.csv and sellout.csv go; they must not be there yet.")
    private Path out;

    @Override
    public Integer call() throws IOException {
        DemandFitCommand.checkAnswers(answers, common.locale());
        Problems problems = new Problems();
        FitDemand demand = FitDemand.read(workspace, problems);
        if (demand == null) {
            PlanRun.problems(spec.commandLine().getErr(), problems, workspace, common.locale());
            return ExitCode.BAD_INPUT;
        }
        FitDemand made = demand.synthetic(seed, answers);
        Files.createDirectories(out);
        FieldTables.writeAnswers(made.answers(), out);
        TradeTables.writeSellOut(made.sellOut(), out);
        if (!common.quiet()) spec.commandLine().getOut().println(Words.of(common.locale(), "demand.synthesized", made.answers().size(), made.sellOut().size(), out));
        return ExitCode.DONE;
    }
}
