package stage

import (
	"cmp"
	"crypto/rand"
	"fmt"
	"slices"

	"github.com/wxgen/wxgen/internal/fault"
)

// rollBack undoes all steps it can, the last one first. If an undo fails, the error says where the
// files are now.
func (c *change) rollBack() error {
	var first error
	for _, undo := range slices.Backward(c.undo) {
		if err := undo(); err != nil {
			first = cmp.Or(first, fault.Cause(err))
			c.stuck = true
		}
	}
	defer c.abandon()
	if !c.stuck {
		return c.leave()
	}
	kept := ".wxgen-kept-" + rand.Text() // no later change touches this name
	if err := c.root.Rename(Name, kept); err != nil {
		kept = Name
	}
	return fmt.Errorf("%w; what is missing is in %s", first, c.name(kept))
}

// finish ends a successful change. The folders above stay.
func (c *change) finish() error {
	c.made = nil
	defer c.abandon()
	if err := c.leave(); err != nil {
		return fmt.Errorf("everything is written, but %s cannot be removed: %w", c.name(Name),
			fault.Cause(err))
	}
	return nil
}
