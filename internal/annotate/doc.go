// Package annotate writes findings in the forms of code hosts, which show them beside their lines.
package annotate
