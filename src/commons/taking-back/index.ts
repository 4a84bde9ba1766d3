export { bulkNamed, keepBulk } from './bulk-act';
export { backBefore, type TakenLine, takenBack, wholeHistories } from './lines';
export { forgetPutAside, type HungRow, putAsideTogether } from './put-aside';
export { over, partUndoMs, takesBack, undoOf, undoOfAll, untilsOf } from './until';
