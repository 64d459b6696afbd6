// Package merge adds the facts of reference pages to a description, and keeps everything that
// people have written.
//
// Files use each other in this order only: merge, compare, (comparevalue, unplaced), lost, insert,
// known, comparer, build, buildnode, merger, operation, onto, files. If a page places a field
// elsewhere than the description, unplaced looks for the field and compares it with comparevalue.
package merge
