package xiaxiang.app.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import xiaxiang.app.flow.PlanFiles;

/// The command line's root.
@Command(name = "xiaxiang", mixinStandardHelpOptions = true, versionProvider = Xiaxiang.Version.class,
        subcommands = {DemoCommand.class, ServeCommand.class, BackupCommand.class, RestoreCommand.class, DoctorCommand.class, PlanCommand.class, CheckCommand.class, InitCommand.class, AtlasCommand.class, DemandCommand.class, CaptureCommand.class, ChoiceCommand.class, EffectCommand.class, ShareCommand.class, JudgeCommand.class, CommandLine.HelpCommand.class},
        header = "Plans where a brand goes in counties and townships, and how far to trust the plan. 乡镇渠道规划。",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Examples:", "  xiaxiang demo                       the county of Yichuan, from facts to a certified plan and its report",
            "  xiaxiang serve --demo               the server, with Yichuan and example users, at http://127.0.0.1:8080/",
            "  xiaxiang init my-county             an empty workspace with comments",
            "  xiaxiang check my-county            every problem of its files at once",
            "  xiaxiang plan my-county --out out/my-county",
            "  xiaxiang plan verify out/my-county  checks the certificate without the planner",
            "  xiaxiang demand fit demo/yichuan    fits how people choose to answers and sell-out",
            "  xiaxiang share design demo/yichuan --plan out/demo --outcomes none --seed 11 --out out/design",
            "  xiaxiang capture solve HM14_800_25.data --format hm14 --alpha .1 --beta 1 --open 5",
            "  xiaxiang effect estimate SPEC.yaml  what a treatment caused; effect estimate --help shows a SPEC",
            "  xiaxiang choice fit SPEC.yaml       a model of how people choose, from anyone's data",
            "", "Exit codes: 0 done, 1 a fault of the program, 2 bad input or options, 3 no plan keeps the rules, 4 a certificate, an estimate or a seal was refused."})
public final class Xiaxiang implements Runnable {
    @Spec
    private CommandSpec spec;

    /// Made by picocli, which sets the options after construction.
    @SuppressWarnings("NullAway.Init")
    public Xiaxiang() {}

    /// Runs a command line and returns its exit code.
    public static int run(String... arguments) {
        return commandLine().execute(arguments);
    }

    static CommandLine commandLine() {
        return new CommandLine(new Xiaxiang()).setCaseInsensitiveEnumValuesAllowed(true).setExecutionExceptionHandler(Xiaxiang::report);
    }

    /// What cannot be read or written is the person's to mend and is said in a line; anything else is a fault, and its trace helps.
    private static int report(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
        if (e instanceof java.nio.file.FileSystemException file) {
            command.getErr().println(unusable(file, parsed));
            return ExitCode.BAD_INPUT;
        }
        if (e instanceof IllegalArgumentException) {
            command.getErr().println(e.getMessage());
            return ExitCode.BAD_INPUT;
        }
        e.printStackTrace(command.getErr());
        return ExitCode.FAULT;
    }

    /// In the language of the command's `--lang`, or the system's.
    private static String unusable(java.nio.file.FileSystemException file, CommandLine.ParseResult parsed) {
        CommandLine.ParseResult last = parsed;
        while (last.hasSubcommand()) last = last.subcommand();
        String lang = last.matchedOptionValue("--lang", "");
        if (file instanceof java.nio.file.NoSuchFileException) return Words.of(Words.locale(lang), "file.none", file.getFile());
        return Words.of(Words.locale(lang), "file.other", file.getFile(), file.getReason() == null ? file.getClass().getSimpleName() : file.getReason());
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? / 请选择命令");
    }

    /// The program's version.
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"xiaxiang " + PlanFiles.version()};
        }
    }
}
