// Package width measures the columns of a text on a screen.
package width
