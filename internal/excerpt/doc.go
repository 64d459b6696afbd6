// Package excerpt takes from the files of a description what a part of its operations needs.
package excerpt
