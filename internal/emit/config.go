package emit

// Config says where the output goes.
type Config struct {
	Import  string // import path of the output folder, as "github.com/wxgen/wxgen/generated"
	BuiltIn bool   // the description is the one built into wxgen; the index says so
}
