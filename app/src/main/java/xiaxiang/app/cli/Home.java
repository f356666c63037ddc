package xiaxiang.app.cli;

import java.nio.file.Path;

/// Where the project lies: the launcher says so, and in a checkout it is the working folder.
final class Home {
    private Home() {}

    static Path folder() {
        return Path.of(System.getProperty("xiaxiang.home", "."));
    }
}
