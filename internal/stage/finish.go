package stage

import (
	"cmp"
	"crypto/rand"
	"fmt"
	"slices"

	"github.com/wxgen/wxgen/internal/fault"
)

// rollBack takes back what was done, last thing first, and as much of it as it can. If something
// cannot be, the error says where it is now.
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
	kept := ".wxgen-kept-" + rand.Text() // a name that no later change touches
	if err := c.root.Rename(Name, kept); err != nil {
		kept = Name
	}
	return fmt.Errorf("%w; what is missing is in %s", first, c.name(kept))
}

// finish ends a change that has worked. The folders above stay.
func (c *change) finish() error {
	c.made = nil
	defer c.abandon()
	if err := c.leave(); err != nil {
		return fmt.Errorf("everything is written, but %s cannot be removed: %w", c.name(Name),
			fault.Cause(err))
	}
	return nil
}
