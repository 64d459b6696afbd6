package page

import (
	"strings"
)

var (
	codeCell   = lazy(`^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$|^[A-Z]{5,}$`)
	statusCell = lazy(`^[1-5]\d\d$`)
	spacedRow  = lazy(
		`^(?:([1-5]\d\d)\s+)?([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[A-Z]{5,})\s+(?:([1-5]\d\d)\s+)?(\S+)(?:\s+(.*))?$`)
	codeHead = lazy(
		`^(?:状态码|HTTP\s*状态码|错误码|描述|原因|解决方案|名称|公共错误码|业务错误码|(?i:name|description|cause|reason|solution|error\s+code|status(?:\s+code)?|http\s+status(?:\s+code)?))$`)
)

// errorCodes reads the tables of error codes. A row is status, code, text and mend, in cells of a
// table or on separate lines. Business codes come last and have better texts than the common ones,
// so the last text of a code counts.
func errorCodes(lines []textLine) []ErrorCode {
	var codes []ErrorCode
	var now *ErrorCode
	number := 0 // the status before a code; rows with the same status may share it
	for _, cell := range codeCells(lines) {
		switch {
		case codeHead().MatchString(cell):
			now = nil
		case statusCell().MatchString(cell):
			number = atoi(cell)
			if now != nil && now.Label == "" && now.Status == 0 {
				now.Status = number // the status is behind the code
				continue
			}
			now = nil
		case codeCell().MatchString(cell):
			codes = append(codes, ErrorCode{Code: cell, Status: number})
			now = &codes[len(codes)-1]
		case now != nil && now.Label == "":
			now.Label = strings.TrimRight(cell, "。.")
		}
	}
	return distinct(codes)
}

func atoi(s string) int {
	n := 0
	for _, c := range s {
		n = 10*n + int(c-'0')
	}
	return n
}

// codeCells splits lines into cells: at tabs and bars, or at blanks if a row has neither.
func codeCells(lines []textLine) []string {
	var cells []string
	for _, l := range lines {
		text := strings.TrimSpace(l.text)
		if m := spacedRow().FindStringSubmatch(text); m != nil &&
			!strings.ContainsAny(text, "\t|") {
			for _, i := range []int{1, 2, 3, 4, 5} {
				if m[i] != "" {
					cells = append(cells, m[i])
				}
			}
			continue
		}
		for cell := range strings.FieldsFuncSeq(text, func(r rune) bool {
			return r == '\t' || r == '|'
		}) {
			if cell = strings.TrimSpace(cell); cell != "" && strings.Trim(cell, "-: ") != "" {
				cells = append(cells, cell)
			}
		}
	}
	return cells
}

// usual are the statuses of codes that all of WeChat Pay uses alike. The older pages have no
// statuses.
var usual = map[string]int{
	"PARAM_ERROR": 400, "INVALID_REQUEST": 400, "SIGN_ERROR": 401, "NO_AUTH": 403, "NOT_FOUND": 404,
	"RESOURCE_NOT_EXISTS": 404,
	"FREQUENCY_LIMITED":   429, "FREQUENCY_LIMIT_EXCEED": 429, "RATELIMIT_EXCEEDED": 429,
	"SYSTEM_ERROR": 500,
}

// errorCodes reads the page's codes. It leaves out codes without a known status.
func (s *sheet) errorCodes() []ErrorCode {
	var codes []ErrorCode
	for _, c := range errorCodes(s.parts[errorPart]) {
		if c.Status == 0 {
			c.Status = usual[c.Code]
		}
		if c.Status == 0 {
			s.faults.note(0, "add it under x-wxpay-errors if you know it",
				"the error code %s has no HTTP status on the page and is left out", c.Code)
			continue
		}
		codes = append(codes, c)
	}
	return codes
}

// distinct keeps one entry per status and code, at its first place and with its last text.
func distinct(codes []ErrorCode) []ErrorCode {
	var out []ErrorCode
	at := map[ErrorCode]int{}
	for _, c := range codes {
		if c.Status != 0 && c.Status < 400 {
			continue
		}
		key := ErrorCode{Status: c.Status, Code: c.Code}
		if i, ok := at[key]; ok {
			if c.Label != "" {
				out[i].Label = c.Label
			}
			continue
		}
		at[key] = len(out)
		out = append(out, c)
	}
	return out
}
