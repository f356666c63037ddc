package xiaxiang.app.http;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// What is refused before any handler sees it is a problem too.
@Hidden
@RestController
final class FaultController implements ErrorController {
    FaultController() {}

    @RequestMapping("${server.error.path:/error}")
    @Open
    ResponseEntity<ProblemJson> fault(HttpServletRequest request, Locale locale) {
        HttpStatus status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code && HttpStatus.resolve(code) != null ? HttpStatus.valueOf(code) : HttpStatus.NOT_FOUND;
        Object about = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        return problem(status, locale, request.getMethod(), about == null ? "" : about).answer();
    }

    /// The problem of a status that came without one.
    static ProblemJson problem(HttpStatus status, Locale locale, String method, Object about) {
        String key = switch (status) {
            case NOT_FOUND -> "not-found";
            case METHOD_NOT_ALLOWED -> "method";
            case CONTENT_TOO_LARGE -> "too-large";
            default -> status.is4xxClientError() ? "unreadable" : "fault";
        };
        return ProblemJson.of(locale, status, key, List.of(), status == HttpStatus.METHOD_NOT_ALLOWED ? method : about);
    }
}
