// Package replace replaces files that people edit: all of a change or none of it, and no file that
// changed in the meantime.
package replace
