package xiaxiang.app.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerInterceptor;
import xiaxiang.core.account.Right;

/// The application's own check of rights, before any handler runs, and the [Caller] that handlers take. The database checks again by itself.
public final class Rights implements HandlerInterceptor, HandlerMethodArgumentResolver {
    private final boolean checked;

    /// `checked` is false only in a test that sees what the database alone lets through.
    public Rights(boolean checked) {
        this.checked = checked;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod method) || !method.getBeanType().getPackageName().startsWith("xiaxiang.")) return true;
        if (method.hasMethodAnnotation(Open.class)) return true;
        Needs needs = method.getMethodAnnotation(Needs.class);
        if (needs == null) throw new IllegalStateException(method + " says neither what it needs nor that it is open.");
        Caller caller = caller();
        if (checked) for (Right right : needs.value()) if (!caller.may(right)) throw caller.lacks(right);
        return true;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Caller.class;
    }

    @Override
    public Object resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer container, NativeWebRequest request, @Nullable WebDataBinderFactory binders) {
        return caller();
    }

    private static Caller caller() {
        Authentication known = SecurityContextHolder.getContext().getAuthentication();
        if (known != null && known.getPrincipal() instanceof Caller caller) return caller;
        throw Refusal.of(HttpStatus.UNAUTHORIZED, "signed-out");
    }
}
