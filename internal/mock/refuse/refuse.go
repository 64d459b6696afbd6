package refuse

import "fmt"

// Error is an error reply. It is no Go error, since refusing is an ordinary answer of the server.
type Error struct {
	Status  int    `json:"-"`
	Number  int64  `json:"-"` // at the end of the Request-Id
	Code    string `json:"code"`
	Message string `json:"message"`
	Detail  any    `json:"detail,omitempty"`
}

func (e *Error) String() string { return fmt.Sprintf("%d %s: %s", e.Status, e.Code, e.Message) }

// Detail names the parameter at fault. Field is a JSON pointer for bodies, and a name for other
// places.
type Detail struct {
	Field    string `json:"field"`
	Value    any    `json:"value"`
	Issue    string `json:"issue"`
	Location string `json:"location"`
}

// The known numbers in Request-Ids.
const (
	OK               int64 = 0
	NumberIllegal    int64 = 268435461
	NumberUnknown    int64 = 270924358
	NumberNoOrder    int64 = 268512771
	NumberPaid       int64 = 268449538
	NumberTooMany    int64 = 268447840
	NumberNotTheirs  int64 = 268447843
	NumberOtherOrder int64 = 268498688
)

// Param refuses a parameter.
func Param(location, field string, value any, issue, format string, args ...any) *Error {
	return &Error{
		Status: 400, Number: NumberIllegal, Code: "PARAM_ERROR",
		Message: fmt.Sprintf(format, args...),
		Detail:  &Detail{Field: field, Value: value, Issue: issue, Location: location},
	}
}

// Unknown refuses an undescribed parameter.
func Unknown(location, field string, value any) *Error {
	e := Param(location, field, value, "parameter is not defined in the API",
		"请求中含有未在API文档中定义的参数“/%s%s”", location, slashed(field))
	e.Number = NumberUnknown
	return e
}

// Sign refuses an authorization.
func Sign(field, issue, format string, args ...any) *Error {
	return &Error{
		Status: 401, Number: NumberIllegal, Code: "SIGN_ERROR",
		Message: fmt.Sprintf(format, args...),
		Detail:  map[string]any{"field": field, "issue": issue, "location": "authorization"},
	}
}

// State refuses a request that the present state does not allow.
func State(status int, code string, number int64, format string, args ...any) *Error {
	return &Error{Status: status, Number: number, Code: code, Message: fmt.Sprintf(format, args...)}
}

func slashed(field string) string {
	if field == "" || field[0] == '/' {
		return field
	}
	return "/" + field
}
