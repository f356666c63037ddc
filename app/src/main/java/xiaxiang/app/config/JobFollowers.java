package xiaxiang.app.config;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import xiaxiang.app.flow.JobEvents;

/// Stops first of all: whoever follows a job is let go before the web server waits for open requests, which those would never end.
@Component
final class JobFollowers implements SmartLifecycle {
    private final JobEvents events;
    private volatile boolean running;

    JobFollowers(JobEvents events) {
        this.events = events;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        events.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
