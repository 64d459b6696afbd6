// Package excerpt cuts the files of a description down to a part of its operations.
package excerpt
