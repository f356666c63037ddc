package xiaxiang.app.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/// How often one may ask: signing in by address, everything else by person, or by address while nobody is signed in. A home router's or a provider's whole range of
/// IPv6 addresses counts as one. Bounded: the least used of 100,000 are forgotten.
@Component
public final class RateLimits {
    private static final int MOST = 100_000;
    private static final int SIGN_INS = 60;
    private static final int SIGN_INS_A_MINUTE = 30;
    private static final int REQUESTS = 2_000;
    private static final int REQUESTS_A_SECOND = 200;

    private final Cache<String, Bucket> signIns = Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(Duration.ofMinutes(30)).build();
    private final Cache<String, Bucket> requests = Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(Duration.ofMinutes(10)).build();

    RateLimits() {}

    /// Counts an attempt to prove who one is; refuses (429) beyond 60 at once and 30 a minute from one address.
    void signIn(String address) {
        take(signIns.get(network(address), _ -> Bucket.builder().addLimit(limit -> limit.capacity(SIGN_INS).refillGreedy(SIGN_INS_A_MINUTE, Duration.ofMinutes(1))).build()));
    }

    /// Counts a request of whoever `who` names; refuses (429) beyond 2,000 at once and 200 a second.
    void request(String who) {
        take(requests.get(who, _ -> Bucket.builder().addLimit(limit -> limit.capacity(REQUESTS).refillGreedy(REQUESTS_A_SECOND, Duration.ofSeconds(1))).build()));
    }

    private static void take(Bucket bucket) {
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) throw Refusal.later(HttpStatus.TOO_MANY_REQUESTS, "too-many", Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    /// The address, or of IPv6 the 64 bits that one household or server has to itself.
    static String network(String address) {
        try {
            InetAddress parsed = InetAddress.ofLiteral(address);
            return parsed instanceof Inet6Address ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), 8)) : parsed.getHostAddress();
        } catch (IllegalArgumentException notAnAddress) {
            return address;
        }
    }
}
