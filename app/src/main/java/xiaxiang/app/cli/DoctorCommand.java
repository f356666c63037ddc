package xiaxiang.app.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Says what is wrong with a set-up.
@Command(name = "doctor", mixinStandardHelpOptions = true, description = "Checks this machine, the data folder and the database, and says of each what to do next; changes nothing. 检查安装与数据库。",
        footer = {"", "Examples:", "  xiaxiang doctor --data /var/lib/xiaxiang", "  xiaxiang doctor --database jdbc:postgresql://db.example.org/xiaxiang?user=xiaxiang --json",
            "", "Exit codes: 0 nothing stands against a start (there may be warnings), 2 something does."})
@SuppressWarnings("NullAway.Init") // picocli sets the options after construction
final class DoctorCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Common common;

    @Mixin
    private DatabaseOptions databaseOptions;

    @Option(names = "--port", defaultValue = "8080", paramLabel = "N", description = "Port serve shall listen on. Default: ${DEFAULT-VALUE}. 端口。")
    private int port;

    @Option(names = "--tls-cert", paramLabel = "FILE", description = "Certificate chain serve shall use, PEM. TLS 证书。")
    private @Nullable Path certificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "Its private key, PEM. TLS 私钥。")
    private @Nullable Path key;

    @Option(names = "--json", description = "Print the findings as JSON, and nothing else.")
    private boolean json;

    @Override
    public Integer call() {
        return new Doctor(databaseOptions, common).run(port, certificate, key, json, spec.commandLine().getOut());
    }
}
