// Package brief tells tests whether to leave out what takes long.
package brief
