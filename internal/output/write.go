package output

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/wxgen/wxgen/internal/stage"
)

// Write removes the differences, all of them or none. It waits while another process writes to the
// folder, and then compares again. It also does so if a process was killed there. Waiting may be
// nil.
func (p *Plan) Write(ctx context.Context, waiting func(dir string)) error {
	if err := p.blocked(); err != nil {
		return err
	}
	if len(p.Differences) == 0 && !stage.Left(p.Dir) {
		return nil
	}
	again := func() ([]stage.Step, error) {
		err := p.again()
		return p.steps(), err
	}
	return stage.Write(ctx, []*stage.Folder{{Dir: p.Dir, Steps: again}}, waiting)
}

// again compares again: others may have written in the meantime.
func (p *Plan) again() error {
	now, err := Compare(p.Dir, p.want)
	if err != nil {
		return err
	}
	*p = *now
	return p.blocked()
}

// blocked is an error that lists the files with something else in their place.
func (p *Plan) blocked() error {
	var errs []error
	for _, d := range p.Differences {
		if d.Kind == Blocked {
			errs = append(errs,
				fmt.Errorf("%s: %s", filepath.Join(p.Dir, filepath.FromSlash(d.Path)), d.Why))
		}
	}
	return errors.Join(errs...)
}

var actions = map[Kind]stage.Action{Missing: stage.Create, Changed: stage.Replace,
	Stale: stage.Remove}

func (p *Plan) steps() []stage.Step {
	steps := make([]stage.Step, len(p.Differences))
	for i, d := range p.Differences {
		steps[i] = stage.Step{Path: d.Path, Do: actions[d.Kind], New: d.New}
	}
	return steps
}
