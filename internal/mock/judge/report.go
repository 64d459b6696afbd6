package judge

import (
	"github.com/wxgen/wxgen/internal/mock/keys"
	"github.com/wxgen/wxgen/internal/mock/refuse"
)

// Verdict is the result of one check.
type Verdict struct {
	Check  string `json:"check"`
	Result string `json:"result"` // Pass, Fail or Skip
	Note   string `json:"note,omitempty"`
}

// The results.
const (
	Pass = "pass"
	Fail = "fail"
	Skip = "skip"
)

// Report is the result of all checks of a request.
type Report struct {
	Account  *keys.Account
	Verdicts []Verdict
	Refusal  *refuse.Error // nil if the request is accepted
	Expected string        // the right string to sign
	Signed   string        // the string that was signed instead, if it is known
	Mistake  string        // its difference, for people
	Sealed   []Sealed
}

// Sealed is an encrypted field of a request.
type Sealed struct {
	At         string `json:"at"` // "/body/user_name"
	Ciphertext string `json:"ciphertext"`
	Clear      string `json:"clear"`
}

func (r *Report) pass(check, note string) {
	r.Verdicts = append(r.Verdicts, Verdict{check, Pass, note})
}

func (r *Report) skip(check, note string) {
	r.Verdicts = append(r.Verdicts, Verdict{check, Skip, note})
}

func (r *Report) fail(check string, e *refuse.Error) {
	r.Verdicts = append(r.Verdicts, Verdict{check, Fail, e.Message})
	r.Refusal = e
}

// check adds the verdict of a check, and reports whether it passed.
func (r *Report) check(name string, e *refuse.Error, note string) bool {
	if e != nil {
		r.fail(name, e)
		return false
	}
	r.pass(name, note)
	return true
}
