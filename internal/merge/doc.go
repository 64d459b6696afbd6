// Package merge adds what reference pages know to a description, and changes nothing that people
// have written.
//
// Files use each other in this order only: merge, compare, (comparevalue, unplaced), lost, insert,
// known, comparer, build, buildnode, merger, operation, onto, files. A field that a page places
// elsewhere than the description is looked for by unplaced, which compares what it finds as
// comparevalue does.
package merge
