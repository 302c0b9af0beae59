@echo off
setlocal
title allocator
pushd "%~dp0"
if not exist run.py goto packed
set "FOUND_PYTHON="
call :try py -3
call :try python3
call :try python
if not defined FOUND_PYTHON goto missing
call %FOUND_PYTHON% run.py app
if "%errorlevel%"=="0" goto done
goto failed

:try
if defined FOUND_PYTHON exit /b 0
call %* -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul
if "%errorlevel%"=="0" set "FOUND_PYTHON=%*"
exit /b 0

:packed
echo run.py is not beside this file. Unpack the whole folder first, then open start.bat in it.
goto explain

:missing
echo No Python 3.11 or newer was found on this computer.
echo Install it from https://www.python.org/downloads/windows/ and open start.bat again.
goto explain

:explain
echo.
if not exist docs\windows.txt goto failed
chcp 65001 >nul
type docs\windows.txt

:failed
echo.
pause
popd
exit /b 1

:done
popd
exit /b 0
