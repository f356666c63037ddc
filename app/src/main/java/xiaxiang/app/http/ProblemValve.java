package xiaxiang.app.http;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// What Tomcat refuses before the application sees it (an address that is none, a request that cannot be read) is a problem like all others, and says nothing of Tomcat.
public final class ProblemValve extends ErrorReportValve {
    /// Keeps nothing.
    public ProblemValve() {}

    @Override
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
        HttpStatus status = HttpStatus.resolve(response.getStatus());
        if (status == null || !status.isError() || response.getContentWritten() > 0 || !response.setErrorReported()) return;
        try {
            ContentPolicy.guard(response);
            FaultController.problem(status, ReaderLocale.of(request), String.valueOf(request.getMethod()), "").write(response);
        } catch (IOException gone) {
            // Nobody is there to read it.
        }
    }
}
