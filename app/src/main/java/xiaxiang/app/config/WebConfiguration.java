package xiaxiang.app.config;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.PathResourceResolver;
import java.time.Duration;
import xiaxiang.app.http.ReaderLocale;
import xiaxiang.app.http.Rights;

/// Handlers' arguments, the reader's language, and the pages of the web application.
@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {
    private static final String PAGES = "classpath:/xiaxiang/app/";

    private final Rights rights;

    WebConfiguration(Enforcement enforcement) {
        rights = new Rights(enforcement == Enforcement.BOTH);
    }

    @Bean
    LocaleResolver localeResolver() {
        return new ReaderLocale();
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(rights);
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(rights);
    }

    /// The address without a path: a resource handler finds nothing there.
    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addViewController("/").setViewName("forward:/index.html");
    }

    /// Files with a hash in their name are kept for good; the page itself is asked for anew each time, and stands for every address of the application.
    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/assets/**").addResourceLocations(PAGES + "assets/").setCacheControl(CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable());
        registry.addResourceHandler("/**").addResourceLocations(PAGES).setCacheControl(CacheControl.noCache()).resourceChain(true).addResolver(new ApplicationPage());
    }

    /// An address that is no file and not of the interface is one of the application's own.
    private static final class ApplicationPage extends PathResourceResolver {
        @Override
        protected @Nullable Resource getResource(String path, Resource location) throws IOException {
            Resource file = super.getResource(path, location);
            if (file != null) return file;
            boolean page = !path.startsWith("api/") && !path.substring(path.lastIndexOf('/') + 1).contains(".");
            return page ? super.getResource("index.html", location) : null;
        }
    }
}
