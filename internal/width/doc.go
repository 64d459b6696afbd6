// Package width tells how many columns a text takes on a screen.
package width
