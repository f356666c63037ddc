package xiaxiang.app.config;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.ComponentScan;

/// The server's parts: the HTTP interface and its wiring. All fixed settings stand in `server.properties`, which [Server] hands over.
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@ComponentScan({"xiaxiang.app.config", "xiaxiang.app.http"})
public class ServerConfiguration {
    /// Made by Spring.
    public ServerConfiguration() {}
}
