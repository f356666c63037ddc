package xiaxiang.app.config;

/// Which of the two enforcements of rights and territories work. Always both, but in tests that see what each alone lets through.
public enum Enforcement { BOTH, DATABASE_ONLY }
