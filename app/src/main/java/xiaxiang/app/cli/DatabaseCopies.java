package xiaxiang.app.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import xiaxiang.app.flow.PlanFiles;
import xiaxiang.core.db.Backup;
import xiaxiang.core.db.BackupSummary;
import xiaxiang.core.db.CopyProgress;
import xiaxiang.core.db.DatabaseAddress;
import xiaxiang.core.db.DatabaseRefused;
import xiaxiang.core.db.EmbeddedPostgres;
import xiaxiang.core.db.Restore;

/// Backup and restore for a person: progress, what was done, and what stands against it. Apart from the commands, so that no other command loads the database's classes.
final class DatabaseCopies {
    private final DatabaseOptions options;
    private final Common common;
    private final PrintWriter out;
    private final PrintWriter err;

    DatabaseCopies(DatabaseOptions options, Common common, PrintWriter out, PrintWriter err) {
        this.options = options;
        this.common = common;
        this.out = out;
        this.err = err;
    }

    int backup(Path file) {
        return work("backup", file, progress -> onExisting(address -> Backup.write(address, file, PlanFiles.version(), progress)));
    }

    /// Says too if the key that the restored authenticators need is not in the data folder: the first start there would make a new one.
    int restore(Path file) {
        List<Finding> keys = new ArrayList<>();
        int code = work("restore", file, progress -> {
            // A file that is no backup is refused before a data folder is made.
            Restore.check(file, (_, _) -> {});
            DatabaseAddress own = options.own();
            if (own != null) return restored(own, file, progress, keys);
            try (EmbeddedPostgres server = EmbeddedPostgres.start(options.folder(), EmbeddedPostgres.Settings.standard())) {
                return restored(server.address(), file, progress, keys);
            }
        });
        for (Finding key : keys) if (key.level() == Finding.Level.PROBLEM) key.print(err, common.locale());
        return code;
    }

    private BackupSummary restored(DatabaseAddress address, Path file, CopyProgress progress, List<Finding> keys) {
        BackupSummary summary = Restore.run(address, file, progress);
        keys.add(Finding.ofKey(options.folder(), address));
        return summary;
    }

    int check(Path file) {
        return work("restore.check", file, progress -> Restore.check(file, progress));
    }

    private int work(String what, Path file, Function<CopyProgress, BackupSummary> copying) {
        try (Screen screen = new Screen(common.locale())) {
            BackupSummary summary = copying.apply((done, total) -> {
                if (screen.cancelled()) throw new CancellationException();
                screen.at(what, done, total, Double.NaN, Double.NaN);
            });
            screen.finish();
            if (!common.quiet()) out.println(Words.of(common.locale(), what + ".done", file, summary.tables(), summary.rows(), summary.at(), summary.program(), summary.server(), summary.schema()));
            return ExitCode.DONE;
        } catch (DatabaseRefused refused) {
            err.println(refused.text(common.locale()));
            return ExitCode.BAD_INPUT;
        } catch (CancellationException stopped) {
            err.println(Words.of(common.locale(), "copy.cancelled"));
            return ExitCode.FAULT;
        }
    }

    /// On the user's own server, on ours that runs already, or on ours started for this.
    private <T> T onExisting(Function<DatabaseAddress, T> work) {
        DatabaseAddress own = options.own();
        if (own != null) return work.apply(own);
        DatabaseAddress running = EmbeddedPostgres.running(options.folder());
        if (running != null) return work.apply(running);
        if (!EmbeddedPostgres.exists(options.folder())) throw new IllegalArgumentException(Words.of(common.locale(), "database.none", options.folder()));
        try (EmbeddedPostgres server = EmbeddedPostgres.start(options.folder(), EmbeddedPostgres.Settings.standard())) {
            return work.apply(server.address());
        }
    }
}
