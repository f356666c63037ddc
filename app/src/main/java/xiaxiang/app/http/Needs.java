package xiaxiang.app.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import xiaxiang.core.account.Right;

/// What a handler needs: every one of these rights, or with none named, only that the caller is signed in. A handler of /api/v1 carries this or [Open].
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Needs {
    /// The rights.
    Right[] value() default {};
}
