package xiaxiang.core.db;

import java.nio.file.Path;
import java.util.Locale;

/// Runs a server over a folder in a process of its own, says where it is or why not, and stays until it is killed.
final class ServerMain {
    private ServerMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.start(Path.of(arguments[0]), new EmbeddedPostgres.Settings(Path.of(arguments[1]), 0, 64));
            System.out.println(server.pid());
            Thread.sleep(120_000);
            server.close();
        } catch (DatabaseRefused refused) {
            System.out.println(refused.reason() + " " + refused.text(Locale.ENGLISH));
        }
    }
}
