package xiaxiang.core.account;

/// Why a password is not taken.
public enum PasswordFault {
    /// Fewer than 12 characters.
    TOO_SHORT,
    /// More than 1,000 characters.
    TOO_LONG,
    /// It holds the login name.
    HOLDS_LOGIN,
    /// It stands in the administrator's list of known passwords.
    KNOWN
}
