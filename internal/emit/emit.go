package emit

import (
	"errors"
	"fmt"
	"maps"

	"github.com/wxgen/wxgen/internal/model"
	"github.com/wxgen/wxgen/internal/parallel"
)

// Config says where the output goes.
type Config struct {
	Import  string // import path of the output folder, as "github.com/wxgen/wxgen/generated"
	BuiltIn bool   // the description is the one built into wxgen; the index says so
}

const (
	wxpayPath = "github.com/wxgen/wxgen/wxpay" // the runtime, known here as an import path only
	maxLines  = 5000                           // of one file; beyond that it is split
)

// Files renders the whole API: slash-separated paths relative to the output folder, and what each
// holds. The same model gives the same bytes. An error is a bug in wxgen, or a model that load
// should have refused.
func Files(api *model.API, cfg Config) (map[string][]byte, error) {
	var jobs []job
	for _, s := range api.Services {
		jobs = append(jobs, newService(s, cfg).jobs()...)
	}
	if hasEvents(api) {
		jobs = append(jobs, newWebhooks(api.Webhooks, cfg).jobs()...)
	}
	jobs = append(jobs, rootJobs(api, cfg)...)
	return run(jobs)
}

func hasEvents(api *model.API) bool { return api.Webhooks != nil && len(api.Webhooks.Events) > 0 }

// A job renders one file, or more if one would get too long.
type job func() (map[string][]byte, error)

// run does the jobs on every core and gathers their files. All errors are reported, in the order of
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
