// Package draft holds schemas on their way from a reference page into the description, before they
// have names.
//
// Files use each other in this order only: use, schema.
package draft
