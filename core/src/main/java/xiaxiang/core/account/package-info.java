/// People, their roles, rights and territories, and how they prove who they are.
///
/// Takes logins, passwords, codes and tokens; gives a person's scope. Invariants: rights are those of the table `role_right`; secrets are kept as hashes; every
/// change is in the audit.
@NullMarked
package xiaxiang.core.account;

import org.jspecify.annotations.NullMarked;
