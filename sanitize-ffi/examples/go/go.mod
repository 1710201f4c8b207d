module example.invalid/clean

go 1.19
