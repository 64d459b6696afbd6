package emit

import (
	"fmt"

	"github.com/wxgen/wxgen/internal/model"
)

// Call prints a call of an operation with exactly the values of an example. It uses the variables
// ctx and client, and file for the content of an upload.
func Call(s *model.Service, op *model.Operation, e *model.Example, cfg Config) string {
	printer := newService(s, cfg)
	x := &sampler{pkg: printer.pkg, exact: true}
	called := *op
	called.Example = e
	chain := printer.start()
	steps, _ := printer.steps(x, &called)
	for _, step := range steps {
		chain.Dot("").Add(step)
	}
	return fmt.Sprintf("%#v", assigned(&called, chain.Dot(op.Method).Call(x.arguments(&called)...)))
}
