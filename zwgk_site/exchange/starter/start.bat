@echo off
rem Starts the preview. With words behind it: any command of zwgk, such as check .
rem Labels, names and all that cmd must understand are ASCII; other text is only shown.
chcp 65001 >nul 2>nul
setlocal DisableDelayedExpansion
set "PYTHONUTF8=1"
set "PYTHONIOENCODING=utf-8:replace"
pushd "%~dp0"
if not "%errorlevel%"=="0" goto nofolder

set "PROGRAM=@PROGRAM@"
if not exist "%PROGRAM%\zwgk_site\__main__.py" set "PROGRAM=%~dp0.."
if not exist "%PROGRAM%\zwgk_site\__main__.py" set "PROGRAM=%~dp0."

set "PY="
call :try py -3.13
call :try py -3.12
call :try py -3.11
call :try py -3
call :try python
call :try python3
if not defined PY goto venv

set "WORDS=%*"
if "%~1"=="" set "WORDS=serve . --open"
if exist "%PROGRAM%\zwgk_site\__main__.py" if exist "%PROGRAM%\build.py" goto repository
%PY% -m zwgk_site %WORDS%
goto done

:repository
%PY% "%PROGRAM%\build.py" zwgk %WORDS%
goto done

:venv
if not exist "%PROGRAM%\.venv\Scripts\zwgk.cmd" goto nopython
set "WORDS=%*"
if "%~1"=="" set "WORDS=serve . --open"
call "%PROGRAM%\.venv\Scripts\zwgk.cmd" %WORDS%
goto done

:try
if defined PY exit /b 0
%* -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul
if "%errorlevel%"=="0" set "PY=%*"
exit /b 0

:nopython
echo.
echo 这台电脑没有 Python 3.11 或更新的版本。
echo No Python 3.11 or newer was found.
echo.
echo   1. 安装 Python 3.12，64 位。安装第一页请勾选 Add python.exe to PATH。
echo      https://www.python.org/downloads/windows/
echo      不能上网的电脑，请向管理员要安装程序。Windows 7 装不了，请换 Windows 10 或更新的电脑。
echo   2. 装好以后，再双击一次本文件。
echo.
pause
exit /b 4

:nofolder
echo.
echo 打不开本文件所在的文件夹，请复制到本机硬盘上再试，例如 D:\zwgk。
echo This folder cannot be opened; copy it to a local disk.
echo.
pause
exit /b 4

:done
set "CODE=%errorlevel%"
if not "%CODE%"=="0" pause
popd
exit /b %CODE%
