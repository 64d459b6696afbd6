package emit

import (
	"errors"
	"fmt"
	"maps"

	"github.com/wxgen/wxgen/internal/parallel"
)

// maxLines is the longest file that is not split.
const maxLines = 5000

// A job renders one file, or several if one would get too long.
type job func() (map[string][]byte, error)

// run runs the jobs on every core and gathers their files. It reports all errors, in the order of
// the jobs.
func run(jobs []job) (map[string][]byte, error) {
	results := make([]map[string][]byte, len(jobs))
	errs := make([]error, len(jobs))
	parallel.Do(len(jobs), func(i int) { results[i], errs[i] = jobs[i]() })
	return merge(results, errors.Join(errs...))
}

func merge(results []map[string][]byte, err error) (map[string][]byte, error) {
	if err != nil {
		return nil, err
	}
	files := make(map[string][]byte)
	for _, r := range results {
		for name := range r {
			if _, twice := files[name]; twice {
				return nil, fmt.Errorf("bug in wxgen: %s would be written twice", name)
			}
		}
		maps.Copy(files, r)
	}
	return files, nil
}
