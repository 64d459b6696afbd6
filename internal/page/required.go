package page

import "github.com/wxgen/wxgen/internal/known"

// fillRequired takes from the description whether fields are required, if the page has lost that.
func fillRequired(rows []*Row, params map[string]*known.Field, object *known.Object) {
	for _, r := range rows {
		about := params[r.Name]
		if about == nil {
			about = object.Field(r.Name)
		}
		if about != nil && r.Unknown {
			r.Required, r.Unknown = about.Required, false
		}
		fillRequired(r.Rows, nil, about.Inside())
	}
}

// fillRequired does the same for an operation.
func (op *Operation) fillRequired(about *known.Operation, event *known.Object) {
	fillRequired(op.Query, about.Params, nil)
	fillRequired(op.Headers, about.Params, nil)
	fillRequired(op.JSON, nil, about.Body)
	fillRequired(op.Form, nil, about.Body)
	fillRequired(op.Response, nil, about.Response)
	fillRequired(op.Resource, nil, event)
}
