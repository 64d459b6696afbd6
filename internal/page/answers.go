package page

import "github.com/wxgen/wxgen/internal/known"

// answer tells of fields whether they are required, where the page has lost that and the
// description has the same operation.
func answer(rows []*Row, params map[string]*known.Field, shape *known.Object) {
	for _, r := range rows {
		about := params[r.Name]
		if about == nil {
			about = shape.Field(r.Name)
		}
		if about != nil && r.Unknown {
			r.Required, r.Unknown = about.Required, false
		}
		answer(r.Rows, nil, about.Inside())
	}
}

// answerAll does so for an operation.
func (op *Operation) answerAll(about *known.Operation, event *known.Object) {
	answer(op.Query, about.Params, nil)
	answer(op.Headers, about.Params, nil)
	answer(op.JSON, nil, about.Body)
	answer(op.Form, nil, about.Body)
	answer(op.Response, nil, about.Response)
	answer(op.Resource, nil, event)
}
