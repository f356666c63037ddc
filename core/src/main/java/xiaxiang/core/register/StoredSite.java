package xiaxiang.core.register;

import org.jspecify.annotations.Nullable;
import xiaxiang.core.atlas.CandidateSite;

/// A candidate site as the database holds it; `seed` is that of an invented one, `version` grows with each change.
public record StoredSite(CandidateSite site, String divisionName, String divisionNameEn, String path, @Nullable Long seed, int version) {}
