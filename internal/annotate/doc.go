// Package annotate writes findings in the forms that code hosts show beside the lines they are
// about.
package annotate
