package page

import (
	"strings"
)

var (
	movedWord = lazy(
		`(?i)http-equiv["']?\s*[:=]\s*["']?refresh|已(?:经)?(?:移至|迁移|搬迁|更名|合并)|迁移(?:至|到)|移(?:动)?(?:至|到)|请移步|重定向|页面(?:已)?跳转|moved\s+(?:to|permanently)|has\s+moved|redirect(?:ed|ing)?\s+to|^\s*redirect\s*:`)
	movedLink = lazy(
		`\]\(([^)\s]+)\)|(?i)url\s*=\s*["']?([^"'\s>}\]]+)|(https?://[^\s"'<>)]+)|(?:redirect|location)\s*:\s*["']?(/[^\s"']+)`)
)

// longestMove is the largest size of a page that only says that it has moved.
const longestMove = 4000

// movedTo reports whether a page only says that it has moved, and adds a note with the new address.
func movedTo(text string, faults *faultList) bool {
	if len(text) > longestMove || !movedWord().MatchString(text) || strings.Contains(text, "请求参数") {
		return false
	}
	where := ""
	if m := movedLink().FindStringSubmatch(text); m != nil {
		where = " to " + strings.Trim(shown(m[1]+m[2]+m[3]+m[4]), `"`)
	}
	faults.note(0, "import the page that is there", "has moved%s", where)
	return true
}
