package output

import (
	"context"
	"errors"
	"fmt"
	"path"
	"path/filepath"

	"github.com/wxgen/wxgen/internal/stage"
)

// Write makes the differences disappear, all of them or none: new content is staged first and moved into place at the
// end, and when that fails or ctx ends, what was moved is moved back. While another process writes to the folder it waits;
// then, or if one was killed there, it compares anew. waiting may be nil.
func (p *Plan) Write(ctx context.Context, waiting func(dir string)) error {
	if err := p.blocked(); err != nil {
		return err
	}
	if len(p.Differences) == 0 && !stage.Left(p.Dir) {
		return nil
	}
	c, err := stage.Begin(ctx, p.Dir, waiting)
	if err != nil {
		return fmt.Errorf("%w; nothing was changed", err)
	}
	err = p.again()
	if err == nil {
		err = p.apply(ctx, c)
	}
	if err == nil {
		return c.Finish()
	}
	if stuck := c.RollBack(); stuck != nil {
		return fmt.Errorf("%w; putting the files back failed too: %w", err, stuck)
	}
	return fmt.Errorf("%w; nothing was changed", err)
}

// again compares anew: others may have written before it was this process's turn.
func (p *Plan) again() error {
	now, err := Compare(p.Dir, p.want)
	if err != nil {
		return err
	}
	*p = *now
	return p.blocked()
}

// blocked is an error that lists the files in whose place something else is.
func (p *Plan) blocked() error {
	var errs []error
	for _, d := range p.Differences {
		if d.Kind == Blocked {
			errs = append(errs, fmt.Errorf("%s: %s", filepath.Join(p.Dir, filepath.FromSlash(d.Path)), d.Why))
		}
	}
	return errors.Join(errs...)
}

func (p *Plan) apply(ctx context.Context, c *stage.Change) error {
	err := each(len(p.Differences), func(i int) error {
		if d := p.Differences[i]; d.Kind != Stale {
			return c.Stage(i, d.New, 0)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("cannot write to the folder %s: %w; make it writable, or choose another", c.Dir, cause(err))
	}
	for i, d := range p.Differences {
		if ctx.Err() != nil {
			return errors.New("interrupted")
		}
		if err := exchange(c, i, d); err != nil {
			return fmt.Errorf("cannot %s %s: %w", verb(d.Kind), c.Name(d.Path), cause(err))
		}
	}
	for _, d := range p.Differences {
		if d.Kind == Stale {
			c.Prune(path.Dir(d.Path))
		}
	}
	if ctx.Err() != nil {
		return errors.New("interrupted")
	}
	return nil
}

func verb(k Kind) string {
	if k == Stale {
		return "remove"
	}
	return "write"
}

// exchange puts one file into its state.
func exchange(c *stage.Change, i int, d Difference) error {
	switch d.Kind {
	case Stale:
		return c.Remove(i, d.Path)
	case Missing:
		return c.Create(i, d.Path)
	}
	return c.Replace(i, d.Path)
}
