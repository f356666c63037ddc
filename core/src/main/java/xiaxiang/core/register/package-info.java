/// FACT and DECISION in a database: the atlas as rows that people see, edit, merge and import, inside their territory. What the rows mean stands in `core.atlas`.
@NullMarked
package xiaxiang.core.register;

import org.jspecify.annotations.NullMarked;
