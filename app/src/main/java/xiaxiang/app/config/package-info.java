/// How the server is put together: settings, beans, security.
@NullMarked
package xiaxiang.app.config;

import org.jspecify.annotations.NullMarked;
